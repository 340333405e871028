"""The verbs: what people and flows may ask for. Rules are asked of `pathways`, rows are kept by `models`."""
