// The typeface and the icons, as glyphs in one texture.
//
// A glyph is drawn into the atlas when it is first needed, so that starting
// costs nothing for letters that no screen shows and a customer's name may
// hold any letter of the typeface. Digits are set in the advance of the widest
// digit (tabular figures); nothing is kerned. Rounded corners and shadows are
// masks in the same texture, so that a whole screen is one draw call.
//
// Letters that Inter lacks come from other fonts of Debian, which are opened when
// the first of them is shown: a till that never meets one never reads their files.
// UI thread only.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/base/result.h"
#include "pos/ui/icons.h"
#include "pos/ui/renderer.h"
#include "pos/ui/theme.h"

namespace pos::ui {

struct FontError {
  std::string file;     // what could not be opened
  std::string package;  // the Debian package that holds it
};
std::string to_text(const FontError& error);  // a sentence for the console

// A part of the atlas, in texels, and where it stands relative to the pen on
// the base line.
struct Glyph {
  int u = 0, v = 0, width = 0, height = 0;
  int left = 0, top = 0;  // top: pixels above the base line
  float advance = 0;
};

enum class Face : std::uint8_t { regular, medium, semibold, icons };
Face face_of(Weight weight);

// Corner masks: a quarter of a disc or of a ring, top left.
struct Corner {
  int radius = 0;
  int ring = 0;  // thickness of the ring; 0 is a filled quarter
};

class Fonts {
 public:
  // Opens Inter and the icon font where Debian puts them; the others are looked for
  // when they are needed, and may be missing.
  static core::Result<std::unique_ptr<Fonts>, FontError> open();
  static core::Result<std::unique_ptr<Fonts>, FontError> open(const std::string& inter_folder,
                                                              const std::string& icon_file);
  ~Fonts();
  Fonts(const Fonts&) = delete;
  Fonts& operator=(const Fonts&) = delete;

  // Call at the start of a frame: starts a larger, empty atlas if the last one
  // ran full, which leaves gaps in one frame.
  void begin_frame();
  bool is_full() const { return is_full_; }

  // The glyph of a code point at `pixels` height, whose pen stands `quarter`
  // quarters of a pixel right of a whole one; one that no font has is a box, and
  // what is not meant to be seen (joiners, directions) is nothing.
  const Glyph& glyph(Face face, int pixels, char32_t code_point, int quarter = 0);
  const Glyph& corner(Corner corner);
  // The six or three layers of a shadow as one nine-part mask, around a card
  // with `radius`; `factor` as in Theme. The card's edge lies `margin` inside.
  struct Shadow {
    Glyph mask;
    int margin = 0, corner = 0;
  };
  const Shadow& shadow(bool overlay, float scale, int radius, float factor);

  float advance(Face face, int pixels, char32_t code_point);
  // How far the base line lies below the top of a line of `line_pixels`.
  int baseline(int pixels, int line_pixels) const;

  int opened_fonts() const;  // besides Inter and the icons
  const Texture& atlas() const { return *atlas_; }
  int white_texel_u() const { return 1; }
  int white_texel_v() const { return 1; }

 private:
  struct Library;

  Fonts();
  bool reserve(int width, int height, Glyph& glyph);
  std::uint8_t* texel(int u, int v);
  void start_atlas(int height);
  Glyph render(Face face, int pixels, char32_t code_point, int quarter);
  float digit_advance(Face face, int pixels);

  std::unique_ptr<Library> library_;
  std::unique_ptr<Texture> atlas_;
  bool is_full_ = false;
  float ascent_ = .96875F, descent_ = .2412F;  // of the typeface, in its size
  int shelf_x_ = 0, shelf_y_ = 0, shelf_height_ = 0;
  std::unordered_map<std::uint64_t, Glyph> glyphs_;
  std::unordered_map<std::uint64_t, float> advances_;
  std::unordered_map<std::uint64_t, Shadow> shadows_;
};

}  // namespace pos::ui
