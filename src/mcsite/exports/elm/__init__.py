"""The European Learning Model 3: credentials as the Commission's EDC tools read them."""
