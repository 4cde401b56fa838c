"""What the code rests on: which packages its manifests name, and what is known against them."""
