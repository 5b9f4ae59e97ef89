"""A corpus of documents made by the tests themselves from known sheets, in all five formats.

    report       a document described without any format: blocks, and what must be read in it
    writers      a description → the bytes of a .txt, .xlsx, .docx, page or PDF
    labels, retyped, figures, shapes, across, divided, parts   the variations: each a function on a description
    test_corpus  edition x variation x format: every cell compared, and what must be said
    test_drawn   several variations at once, drawn by hypothesis

A variation says what a careful reader finds in the document it makes: the same
sheet, or the sheet with some cells blank or missing. Whatever else is read is
wrong.
"""
