"""Takes out of an exported MiniLM what a single unpadded text does not need: the same bits for a tenth less work.

Never run by Flourish; `make_model.py` and the reader's `make_reader.py` end with it. By itself:

    python lean.py model.onnx

What goes: the attention mask (all ones: it adds zero to every score), the shapes worked out anew in every layer, and
the copies that bring the heads to the front. What stays as it was: every sum and product, in its order. Each layer's
last step is named as the operator onnxruntime made of it before, since another one rounds differently.
"""

# mypy: ignore-errors
import re
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper

HEADS, WIDTH = 12, 384
_TURNED = {(0, 2, 1, 3): (1, 0, 2), (0, 2, 3, 1): (1, 2, 0), (0, 1, 3, 2): (0, 2, 1)}  # without the batch's axis
_SCORES = re.compile(r"/attention/self/Add_output_0$")
_LAYER_END = re.compile(r"/layer\.\d+/output/Add_output_0$")


def lean(model):
    """The model for one text at a time."""
    graph = model.graph
    made_by = {name: node for node in graph.node for name in node.output}
    heads = _constant(graph, "heads", [-1, HEADS, WIDTH // HEADS])
    joined = _constant(graph, "joined", [1, -1, WIDTH])
    for node in graph.node:
        if "/attention/self/" not in node.output[0]:
            continue
        if node.op_type == "Reshape":
            node.input[1] = heads if len(made_by[node.input[1]].input) == 4 else joined
        elif node.op_type == "Transpose":
            turned = _TURNED[tuple(node.attribute[0].ints)]
            node.attribute[0].CopyFrom(helper.make_attribute("perm", turned))
    _unmask(graph)
    _name_layer_ends(graph)
    model.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    _drop_unused(graph)
    onnx.checker.check_model(model)
    return model


def _constant(graph, name, numbers):
    graph.initializer.append(numpy_helper.from_array(np.array(numbers, dtype=np.int64), name))
    return name


def _unmask(graph):
    """Scores without the mask; the pooling at the end divides by the number of tokens."""
    masked = {node.output[0]: node.input[0] for node in graph.node if _SCORES.search(node.output[0])}
    given = [each.name for each in graph.input]
    if "attention_mask" in given:
        ones = next(n for n in graph.node if n.op_type == "Cast" and n.output[0] == "/Cast_output_0")
        summed = next(n for n in graph.node if n.op_type == "Mul" and ones.output[0] in n.input)
        masked[summed.output[0]] = summed.input[0]
        count = next(n for n in graph.node if n.op_type == "ReduceSum" and n.input[0] == ones.output[0])
        at = list(graph.node).index(count)
        _constant(graph, "token_axis", 1)
        graph.node.remove(count)
        for node in (
            helper.make_node("Cast", ["token_count"], list(count.output), to=onnx.TensorProto.FLOAT),
            helper.make_node("Gather", ["input_shape", "token_axis"], ["token_count"], axis=0),
            helper.make_node("Shape", ["input_ids"], ["input_shape"]),
        ):
            graph.node.insert(at, node)
        graph.input.remove(graph.input[given.index("attention_mask")])
    for node in graph.node:
        for place, name in enumerate(node.input):
            node.input[place] = masked.get(name, name)


def _name_layer_ends(graph):
    normed = {node.input[0]: node for node in graph.node if node.op_type == "LayerNormalization"}
    for added in [node for node in graph.node if _LAYER_END.search(node.output[0])]:
        norm = normed[added.output[0]]
        epsilon = next(each.f for each in norm.attribute if each.name == "epsilon")
        both = helper.make_node(
            "SkipLayerNormalization", [*added.input, *norm.input[1:]], list(norm.output),
            domain="com.microsoft", epsilon=epsilon,
        )  # fmt: skip
        graph.node.insert(list(graph.node).index(norm), both)
        graph.node.remove(norm)
        graph.node.remove(added)


def _drop_unused(graph):
    before = -1
    while before != len(graph.node):
        before = len(graph.node)
        used = {each.name for each in graph.output} | {name for node in graph.node for name in node.input}
        kept = [node for node in graph.node if used & set(node.output)]
        del graph.node[:]
        graph.node.extend(kept)
    constants = [each for each in graph.initializer if each.name in used]
    del graph.initializer[:]
    graph.initializer.extend(constants)
    del graph.value_info[:]


if __name__ == "__main__":
    for path in map(Path, sys.argv[1:]):
        onnx.save(lean(onnx.load(path)), path)
