"""What Greenroom does, one verb a file. Each loads, decides, writes and returns, in one transaction."""
