"""Everything outside the process: the job queue, DNS."""
