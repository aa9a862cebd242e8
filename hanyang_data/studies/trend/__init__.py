"""How has it developed?"""
