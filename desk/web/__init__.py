"""What every page of the desk is made with: who is looking, forms, confirmations, rendering, assets."""
