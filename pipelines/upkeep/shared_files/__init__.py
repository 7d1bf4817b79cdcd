"""Take a person out of files that hold other people too: sheets, workbooks, documents."""
