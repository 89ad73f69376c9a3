"""How good the attention model is: its page and its pictures, from the figures of one study."""
