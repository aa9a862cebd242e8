"""How often have intervals of implied figures held what was printed?"""
