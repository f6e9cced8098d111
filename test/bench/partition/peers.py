"""One peer on one graph in a process of its own: peers.py ENGINE FILE RUNS prints what it took as JSON."""
import json
import resource
import sys
import time

import numpy as np

GAMMA = 0.04

name, path, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
data = np.fromfile(path, dtype=np.int32)
nodes, edges = int(data[0]), int(data[1])
a, b, weight = (data[2 + i * edges : 2 + (i + 1) * edges] for i in range(3))


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def igraph_graph():
    import igraph

    graph = igraph.Graph(nodes, np.column_stack([a, b]))
    graph.es["weight"] = (weight / 1e6).tolist()
    return graph


def igraph_leiden(iterations):
    graph = igraph_graph()
    return lambda: graph.community_leiden(
        objective_function="CPM", weights="weight", resolution=GAMMA, n_iterations=iterations
    ).membership


def leidenalg_leiden(iterations):
    import leidenalg

    graph = igraph_graph()
    return lambda: leidenalg.find_partition(
        graph,
        leidenalg.CPMVertexPartition,
        weights="weight",
        resolution_parameter=GAMMA,
        n_iterations=iterations,
        seed=1,
    ).membership


def igraph_components():
    graph = igraph_graph()
    return lambda: graph.connected_components().membership


def networkit_graph():
    import networkit

    networkit.setNumberOfThreads(1)
    graph = networkit.GraphFromCoo((weight / 1e6, (a, b)), n=nodes, weighted=True)
    return networkit, graph


def networkit_leiden():
    networkit, graph = networkit_graph()

    def run():
        engine = networkit.community.ParallelLeiden(graph, iterations=1)
        engine.run()
        return engine.getPartition().getVector()

    return run


def networkit_components():
    networkit, graph = networkit_graph()

    def run():
        engine = networkit.components.ConnectedComponents(graph)
        engine.run()
        return engine.getPartition().getVector()

    return run


ENGINES = {
    "igraph-1": lambda: igraph_leiden(1),
    "igraph-2": lambda: igraph_leiden(2),
    "igraph-stable": lambda: igraph_leiden(-1),
    "leidenalg-1": lambda: leidenalg_leiden(1),
    "networkit": networkit_leiden,
    "igraph-components": igraph_components,
    "networkit-components": networkit_components,
}


def quality(labels):
    labels = np.unique(np.asarray(labels), return_inverse=True)[1]
    sizes = np.bincount(labels).astype(np.int64)
    inner = int(weight[labels[a] == labels[b]].astype(np.int64).sum())
    return (inner - int((40_000 * (sizes * (sizes - 1) // 2)).sum())) / 1e6


start = time.process_time()
engine = ENGINES[name]()
build_ms = 1e3 * (time.process_time() - start)
before = peak()
ms = []
peak_bytes = 0
for i in range(runs):
    start = time.process_time()
    labels = engine()
    ms.append(1e3 * (time.process_time() - start))
    if i == 0:
        peak_bytes = peak() - before
print(
    json.dumps(
        {
            "ms": ms,
            "buildMs": [build_ms],
            "peakBytes": peak_bytes,
            "communities": len(set(labels)),
            "quality": quality(labels),
        }
    )
)
