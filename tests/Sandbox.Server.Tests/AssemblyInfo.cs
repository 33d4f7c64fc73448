// Each class has a server of its own; side by side they only wait for each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
