"""Letters: facts in, the subject and the text of a mail out. No database, no clock, no mail server."""
