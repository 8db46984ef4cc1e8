"""From a paper to files, a file or folder for each format. Printing holds no validation: it runs on clean input."""
