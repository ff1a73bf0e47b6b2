"""Train the Chinese-to-English model from nothing: pairs, vocabulary, loop, checkpoints.

Imports torch, transformers and sentencepiece; nothing of ``assistant``.
"""
