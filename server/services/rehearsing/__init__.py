"""What other numbers would have made of the last weeks, beside what really happened. Changes nothing."""
