"""How Gradio's own widgets take on our look: same ink, same paper, system fonts, nothing fetched from elsewhere.

The look of everything else is `assets/flourish.css`; the two share these colours.
"""

import gradio as gr

PAPER, CARD, INK, QUIET, EDGE = "#f7f4ee", "#fffdf9", "#1d2622", "#5c6660", "#ddd6c9"
LEAF, LEAF_DARK = "#1f6552", "#7cc4a8"
PAPER_DARK, CARD_DARK, INK_DARK, QUIET_DARK, EDGE_DARK = "#141917", "#1c2321", "#e9ece7", "#a3aea8", "#35403b"
SANS = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif"]
MONO = ["ui-monospace", "SFMono-Regular", "Menlo", "monospace"]


def theme() -> gr.themes.Base:
    """Gradio's base theme in our colours, light and dark."""
    return gr.themes.Base(font=SANS, font_mono=MONO, radius_size=gr.themes.sizes.radius_md).set(
        body_background_fill=PAPER, body_background_fill_dark=PAPER_DARK,
        body_text_color=INK, body_text_color_dark=INK_DARK,
        body_text_color_subdued=QUIET, body_text_color_subdued_dark=QUIET_DARK,
        background_fill_primary=CARD, background_fill_primary_dark=CARD_DARK,
        background_fill_secondary=PAPER, background_fill_secondary_dark=PAPER_DARK,
        border_color_primary=EDGE, border_color_primary_dark=EDGE_DARK,
        border_color_accent=LEAF, border_color_accent_dark=LEAF_DARK,
        color_accent=LEAF, color_accent_soft="#e3efe8", color_accent_soft_dark="#22352e",
        link_text_color=LEAF, link_text_color_dark=LEAF_DARK,
        block_background_fill=CARD, block_background_fill_dark=CARD_DARK,
        block_border_width="0px", block_shadow="none", block_padding="0px",
        block_label_text_color=QUIET, block_label_text_color_dark=QUIET_DARK,
        block_title_text_color=INK, block_title_text_color_dark=INK_DARK,
        input_background_fill=CARD, input_background_fill_dark=PAPER_DARK,
        input_border_color=EDGE, input_border_color_dark=EDGE_DARK, input_border_width="1px",
        input_border_color_focus=LEAF, input_border_color_focus_dark=LEAF_DARK,
        input_placeholder_color=QUIET, input_placeholder_color_dark=QUIET_DARK,
        button_primary_background_fill=LEAF, button_primary_background_fill_dark=LEAF_DARK,
        button_primary_background_fill_hover="#174d3f", button_primary_background_fill_hover_dark="#95d3ba",
        button_primary_border_color=LEAF, button_primary_border_color_dark=LEAF_DARK,
        button_primary_text_color="#ffffff", button_primary_text_color_dark="#0f1a16",
        checkbox_background_color_selected=LEAF, checkbox_background_color_selected_dark=LEAF,
        checkbox_label_background_fill="transparent", checkbox_label_background_fill_dark="transparent",
        checkbox_label_border_width="0px", checkbox_label_shadow="none", checkbox_label_padding="0px",
    )  # fmt: skip
