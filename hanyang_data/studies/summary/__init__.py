"""What did a batch of runs find?"""
