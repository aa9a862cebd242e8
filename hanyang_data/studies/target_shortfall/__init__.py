"""Were the targets met?"""
