"""What an uploaded file may cost: no more of it is kept than may be read.

First in FILE_UPLOAD_HANDLERS, so for every address alike: CsrfViewMiddleware
takes a form apart, files and all, before any view is asked. What goes past the
limit is read and dropped, so that the answer still reaches who sent it; the
file then seems one chunk larger than LARGEST_FILE, and its form says so.
"""

from django.core.files.uploadhandler import FileUploadHandler

from reports.importers.opening import LARGEST_FILE


class BoundedUpload(FileUploadHandler):
    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= LARGEST_FILE else None

    def file_complete(self, file_size: int) -> None:
        """The handlers after this one have the file."""
