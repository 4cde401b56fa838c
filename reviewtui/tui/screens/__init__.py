"""The screens: the review itself, and the dialogs that ask one question and return its answer."""
