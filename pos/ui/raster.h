// Paints one primitive into a canvas. What a pixel becomes depends on the
// primitive and the pixel's place alone, never on the clip, so that a picture
// painted in pieces equals one painted at once. Pure but for the canvas.
#pragma once

#include "pos/ui/software_renderer.h"

namespace pos::ui {

// Paints the part of `primitive` that lies inside `clip`, which must lie
// inside the canvas.
void paint(const Canvas& canvas, const Primitive& primitive, const PixelRect& clip);

// The first pixel whose centre is not left of `edge`.
int first_pixel(float edge);

}  // namespace pos::ui
