"""What all figures share: style, panels, captions, export, typesetting."""
