"""Fine-tune the fill encoder to understand: sentiment, and labels by entailment.

Imports torch and transformers; of ``assistant`` only what ``build_tools`` may (its engine).
``python -m build_tools.finetune prepare|train|evaluate|baseline --help`` tells each step.
"""
