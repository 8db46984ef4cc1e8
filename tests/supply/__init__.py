"""What her-study stands on and what is published of it: `make lowest`, `make package`, `make audit`."""
