"""The authors' door: the shelf, the hub, the wizard."""
