//! Renders a kneewise report as text, Markdown, JSON, HTML and SVG
