"""Do the districts with the lower level grow faster?"""
