"""The processes behind the web: RQ jobs, the worker, the relay."""
