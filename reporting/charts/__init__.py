"""Charts as plain shapes: geometry and words, without Django, a clock or a colour that matters."""
