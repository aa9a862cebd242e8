"""Did the district grow faster than its city?"""
