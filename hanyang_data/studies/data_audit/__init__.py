"""What is known, in which vintage, and what is not?"""
