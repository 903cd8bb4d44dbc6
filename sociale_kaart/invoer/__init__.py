"""What comes into the map from files: read, compared, written."""
