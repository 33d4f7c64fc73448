// The tests start processes that each use a core and more; side by side they would only slow each other down.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
