"""The public API and the review API: JSON over HTTP, described by `/api/openapi.json`."""
