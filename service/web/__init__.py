"""HTTP: parses what comes in, calls one use case, renders what goes out. The only room that knows Flask."""
