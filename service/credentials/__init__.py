"""What people prove with who they are. No database, no web: text in, an answer out."""
