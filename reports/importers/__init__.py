"""What documents say: a file becomes a Reading, and a Reading holds a Sheet.

    opening       which kind of file it is, and who reads that kind
    docx, html, pdf, text, xlsx   readers: bytes -> Document
      converting  .doc, .wps, .rtf, .odt by LibreOffice; webarchive  the page of an .mht
      pipes       tables with pipes, as in markdown
      aligned     text in columns: aligned_lines, aligned_tables, aligned_labels (part three)
      spans, encodings, article, traditional   what they share or need
      confined    runs a reader in a process apart
      pdf_pages, pdf_lines       characters turned level and drawn once; lines, paragraphs
      pdf_rules, pdf_tables      rules to cells; tables over pages
      pdf_columns                tables without rules, read as aligned text
    document      the neutral structure between readers and recognition
    recognition   Document -> Reading, in either edition and in mixtures
      parts         which headings begin which part
      tables        which grid is which statutory table
      disclosure, applications, remedies   every cell of a table to its place
      labels, retypings   the form's labels, and how people retype them
      narrative     title, body, year, contact, signature
      numbers       what number a cell's text is, or that it is blank
    reading       what comes out

Nothing is corrected and nothing is guessed silently: what was printed is kept,
what was assumed is said in the Reading's notes.
"""

from .opening import read
from .reading import CellReading, Reading, UnreadableDocument

__all__ = ["CellReading", "Reading", "UnreadableDocument", "read"]
