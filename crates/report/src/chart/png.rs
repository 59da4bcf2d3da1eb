//! A drawing as PNG, with the looks of the style sheet and a font of the program's own.

use tiny_skia::{Color, FillRule, LineCap, LineJoin, Paint, PathBuilder, Pixmap, Stroke, StrokeDash, Transform};
use ttf_parser::{Face, OutlineBuilder};

use super::drawing::{Anchor, Drawing, Label, Path, Step};
use super::looks::{Look, Looks};
use super::svg::{ABOVE_PX, SIDE_PX, TITLE_PX, file_keys, file_size, outline_of};
use super::{ChartError, Key};

const REGULAR: &[u8] = include_bytes!("../../fonts/Roboto-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../fonts/Roboto-Bold.ttf");

/// Dots of the picture for one pixel of the drawing.
const SCALE: f32 = 2.0;
/// The size of letters (pixels).
const LETTER_PX: f32 = 12.0;

/// Returns a picture with the signs of the drawing in its upper right corner.
pub(super) fn file(drawing: &Drawing) -> Result<Vec<u8>, ChartError> {
    let looks = Looks::light();
    let (width, height) = file_size(drawing);
    let no_picture = || ChartError::Png("the picture is too large".to_owned());
    let mut canvas = Canvas {
        pixmap: Pixmap::new((width as f32 * SCALE) as u32, (height as f32 * SCALE) as u32).ok_or_else(no_picture)?,
        faces: Faces::new()?,
    };
    canvas.pixmap.fill(color(looks.ground(), 1.0));
    let whole = Transform::from_scale(SCALE, SCALE).pre_translate(SIDE_PX as f32, ABOVE_PX as f32);
    let title = Label { x: 0.0, y: TITLE_PX, anchor: Anchor::Start, class: "t b", text: drawing.title.clone() };
    canvas.text(&title, &looks, whole);
    for (key, x) in file_keys(drawing) {
        let at = whole.pre_translate(x as f32, 1.0);
        canvas.shape(&outline_of(key), &looks.path(key.class), at);
        canvas.text(&Label { x: 22.0, y: 11.0, ..label(key) }, &looks, at);
    }
    for shape in &drawing.shapes {
        canvas.shape(&shape.path, &looks.path(shape.class), whole);
    }
    for label in &drawing.labels {
        canvas.text(label, &looks, whole);
    }
    encoded(&canvas.pixmap).map_err(|error| ChartError::Png(error.to_string()))
}

fn label(key: &Key) -> Label {
    Label { x: 0.0, y: 0.0, anchor: Anchor::Start, class: "t m", text: key.text.clone() }
}

/// The picture in a file that says which program made it.
fn encoded(pixmap: &Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, pixmap.width(), pixmap.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.add_text_chunk("Software".to_owned(), "kneewise".to_owned())?;
    let mut writer = encoder.write_header()?;
    // The ground is opaque, so all of the picture is.
    let rgb: Vec<u8> = pixmap.pixels().iter().flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect();
    writer.write_image_data(&rgb)?;
    writer.finish()?;
    Ok(file)
}

struct Faces {
    regular: Face<'static>,
    bold: Face<'static>,
}

impl Faces {
    fn new() -> Result<Self, ChartError> {
        let face = |bytes| Face::parse(bytes, 0).map_err(|error| ChartError::Png(error.to_string()));
        Ok(Self { regular: face(REGULAR)?, bold: face(BOLD)? })
    }
}

struct Canvas {
    pixmap: Pixmap,
    faces: Faces,
}

impl Canvas {
    fn shape(&mut self, path: &Path, look: &Look, at: Transform) {
        let mut pen = PathBuilder::new();
        let mut last = (0.0, 0.0);
        for step in &path.0 {
            match *step {
                Step::Move(x, y) => {
                    pen.move_to(x as f32, y as f32);
                    last = (x, y);
                }
                // A dot is a line of nearly no length with round ends.
                Step::Line(x, y) if (x, y) == last => pen.line_to(x as f32 + 0.01, y as f32),
                Step::Line(x, y) => {
                    pen.line_to(x as f32, y as f32);
                    last = (x, y);
                }
                Step::Close => pen.close(),
            }
        }
        let Some(path) = pen.finish() else { return };
        if let Some(fill) = look.fill {
            self.pixmap.fill_path(&path, &paint(fill, look.opacity), FillRule::EvenOdd, at, None);
        }
        if let Some(line) = look.stroke {
            self.pixmap.stroke_path(&path, &paint(line, look.opacity), &stroke(look), at, None);
        }
    }

    fn text(&mut self, label: &Label, looks: &Looks, at: Transform) {
        let look = looks.text(label.class);
        let face = if look.is_bold { &self.faces.bold } else { &self.faces.regular };
        let scale = LETTER_PX / f32::from(face.units_per_em());
        let glyphs: Vec<_> = label.text.chars().map(|c| face.glyph_index(c).unwrap_or_default()).collect();
        let advance = |glyph| f32::from(face.glyph_hor_advance(glyph).unwrap_or_default()) * scale;
        let width: f32 = glyphs.iter().map(|glyph| advance(*glyph)).sum();
        let mut x = label.x as f32
            - match label.anchor {
                Anchor::Start => 0.0,
                Anchor::Middle => width / 2.0,
                Anchor::End => width,
            };
        let mut letters = Letters { path: PathBuilder::new(), x: 0.0, y: label.y as f32, scale };
        for glyph in glyphs {
            letters.x = x;
            face.outline_glyph(glyph, &mut letters);
            x += advance(glyph);
        }
        let Some(path) = letters.path.finish() else { return };
        // A halo of the ground's colour lies beneath.
        if let Some(halo) = look.stroke {
            self.pixmap.stroke_path(&path, &paint(halo, 1.0), &stroke(&look), at, None);
        }
        if let Some(ink) = look.fill {
            self.pixmap.fill_path(&path, &paint(ink, 1.0), FillRule::Winding, at, None);
        }
    }
}

/// Outlines of letters, from the font's units, which rise, to pixels, which fall.
struct Letters {
    path: PathBuilder,
    x: f32,
    y: f32,
    scale: f32,
}

impl Letters {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, self.y - y * self.scale)
    }
}

impl OutlineBuilder for Letters {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.path.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

fn color([red, green, blue]: [u8; 3], opacity: f32) -> Color {
    Color::from_rgba8(red, green, blue, (opacity * 255.0) as u8)
}

fn paint(rgb: [u8; 3], opacity: f32) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color(color(rgb, opacity));
    paint
}

fn stroke(look: &Look) -> Stroke {
    Stroke {
        width: look.width,
        line_cap: if look.has_round_ends { LineCap::Round } else { LineCap::Butt },
        line_join: if look.has_round_joins { LineJoin::Round } else { LineJoin::Miter },
        dash: look.dash.and_then(|(on, off)| StrokeDash::new(vec![on, off], 0.0)),
        ..Stroke::default()
    }
}
