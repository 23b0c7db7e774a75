"""What authors and readers are told, in their language. Nothing here knows who asks or why."""
