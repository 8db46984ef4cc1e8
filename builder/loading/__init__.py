"""From a folder to a course: the only reader of one."""
