"""What a model is made from: the GGUF file, the recipe, the kept tokens and their tokenizer, and text in our format."""
