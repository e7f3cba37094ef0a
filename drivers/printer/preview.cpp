#include "drivers/printer/preview.h"

#include <ft2build.h>
#include FT_FREETYPE_H

#include <algorithm>
#include <memory>
#include <optional>

#include "core/base/text.h"
#include "drivers/printer/layout.h"
#include "drivers/printer/symbols.h"

namespace drivers {

namespace {

// Font A of a receipt printer: 12 x 24 dots, lines 30 dots apart.
constexpr int cell_height = 24;
constexpr int line_gap = 6;
constexpr int baseline = 19;
constexpr int font_pixels = 20;
constexpr int margin = 32;
constexpr int symbol_gap = 12;
constexpr int rule_dots = 2;
constexpr std::uint8_t paper = 255;
constexpr std::uint8_t ink = 24;  // thermal black is a little grey

using Library = std::unique_ptr<FT_LibraryRec_, void (*)(FT_Library)>;
using Face = std::unique_ptr<FT_FaceRec_, void (*)(FT_Face)>;

Library open_library() {
  FT_Library library = nullptr;
  if (FT_Init_FreeType(&library) != 0) library = nullptr;
  return {library, [](FT_Library l) { FT_Done_FreeType(l); }};
}

Face open_face(const Library& library, const std::string& path) {
  FT_Face face = nullptr;
  if (!library || FT_New_Face(library.get(), path.c_str(), 0, &face) != 0) face = nullptr;
  return {face, [](FT_Face f) { FT_Done_Face(f); }};
}

class Painter {
 public:
  Painter(const Profile& profile, FT_Face normal, FT_Face bold)
      : profile_(profile), normal_(normal), bold_(bold) {
    picture_.width = profile.dots + 2 * margin;
    extend_to(margin);
    y_ = margin;
  }

  void operator()(const TextLine& text) { lines(lines_of(text, profile_)); }
  void operator()(const Row& row) { lines(lines_of(row, profile_)); }
  void operator()(const Blank& blank) { y_ += blank.lines * (cell_height + line_gap); }

  void operator()(const Rule& rule) {
    const int middle = y_ + cell_height / 2;
    const int first = rule.kind == RuleKind::single ? middle : middle - rule_dots - 1;
    fill(margin, first, profile_.dots, rule_dots);
    if (rule.kind == RuleKind::twofold) fill(margin, middle + 1, profile_.dots, rule_dots);
    y_ += cell_height + line_gap;
  }

  void operator()(const Qr& qr) {
    const auto symbol = symbol_of(qr);
    const int dots = symbol ? module_dots(*symbol, profile_) : 0;
    if (dots == 0 || !(profile_.has_qr || profile_.has_raster)) return (*this)(centred(qr.text));
    dots_of(raster_of(*symbol, dots, dots));
  }

  void operator()(const Barcode& barcode) {
    const auto symbol = symbol_of(barcode);
    const int dots = symbol ? module_dots(*symbol, profile_) : 0;
    const bool is_drawn = dots > 0 && (profile_.has_barcodes || profile_.has_raster);
    if (is_drawn) dots_of(raster_of(*symbol, dots, barcode_height_dots));
    const bool is_ean = is_drawn && barcode.kind == BarcodeKind::ean13;
    (*this)(centred(is_ean ? ean13(barcode.text).value_or("") : barcode.text));
  }

  void operator()(const Logo& logo) {
    const auto stride = static_cast<std::size_t>((std::max(logo.width, 0) + 7) / 8);
    const bool sound = logo.width > 0 && logo.width <= profile_.dots && logo.height > 0 &&
                       logo.bits.size() == stride * static_cast<std::size_t>(logo.height);
    if (sound && profile_.has_raster) dots_of(logo);
  }

  void operator()(Cut) {
    if (cut_at_) dashes(*cut_at_);
    y_ += margin;
    cut_at_ = y_;
    y_ += margin;
  }
  void operator()(DrawerPulse) {}

  Picture take() {
    // After the last cut there is no more paper.
    const bool cut_last = cut_at_ && y_ - *cut_at_ <= margin;
    if (cut_at_ && !cut_last) dashes(*cut_at_);
    extend_to(cut_last ? *cut_at_ : y_ + margin);
    return std::move(picture_);
  }

 private:
  void extend_to(int height) {
    picture_.height = std::max(picture_.height, height);
    picture_.grey.resize(
        static_cast<std::size_t>(picture_.width) * static_cast<std::size_t>(picture_.height),
        paper);
  }

  void darken(int x, int y, unsigned coverage) {
    if (x < 0 || y < 0 || x >= picture_.width) return;
    if (y >= picture_.height) extend_to(y + cell_height);
    auto& pixel =
        picture_.grey[static_cast<std::size_t>(y) * static_cast<std::size_t>(picture_.width) +
                      static_cast<std::size_t>(x)];
    const auto shade = static_cast<std::uint8_t>(paper - coverage * (paper - ink) / 255);
    pixel = std::min(pixel, shade);
  }

  void fill(int x, int y, int width, int height) {
    for (int row = y; row < y + height; ++row) {
      for (int column = x; column < x + width; ++column) darken(column, row, 255);
    }
  }

  void dashes(int y) {
    for (int x = 0; x < picture_.width; x += 12) fill(x, y, 6, 1);
  }

  void lines(const std::vector<PrintedLine>& printed) {
    for (const PrintedLine& line : printed) {
      const int cell = profile_.dots / profile_.columns;
      const int free = profile_.dots - columns_of(line) * cell;
      int x = margin + (line.align == Align::left    ? 0
                        : line.align == Align::right ? free
                                                     : free / 2);
      const int height = is_tall(line) ? 2 * cell_height : cell_height;
      for (const Span& span : line.spans) {
        const int width = span.style.double_width ? 2 * cell : cell;
        for (const char32_t c : span.text) {
          glyph(c, span.style, x, y_ + height);
          x += width;
        }
        if (span.style.underline) {
          const int length = width * static_cast<int>(span.text.size());
          fill(x - length, y_ + height - 2, length, 1);
        }
      }
      y_ += height + line_gap;
    }
  }

  // All sizes of a line stand on the same baseline, near `bottom`.
  void glyph(char32_t character, const TextStyle& style, int left, int bottom) {
    if (character == U' ') return;
    const FT_Face face = style.bold ? bold_ : normal_;
    const int wide = style.double_width ? 2 : 1;
    const int high = style.double_height ? 2 : 1;
    FT_Set_Pixel_Sizes(face, static_cast<FT_UInt>(font_pixels * wide),
                       static_cast<FT_UInt>(font_pixels * high));
    if (FT_Load_Char(face, character, FT_LOAD_RENDER) != 0) return;
    const FT_GlyphSlot slot = face->glyph;
    const FT_Bitmap& bitmap = slot->bitmap;
    const int top = bottom - (cell_height - baseline) * high - slot->bitmap_top;
    for (int y = 0; y < static_cast<int>(bitmap.rows); ++y) {
      for (int x = 0; x < static_cast<int>(bitmap.width); ++x) {
        darken(left + slot->bitmap_left + x, top + y, bitmap.buffer[y * bitmap.pitch + x]);
      }
    }
  }

  void dots_of(const Logo& logo) {
    y_ += symbol_gap;
    const int left = margin + (profile_.dots - logo.width) / 2;
    const auto stride = static_cast<std::size_t>((logo.width + 7) / 8);
    for (int y = 0; y < logo.height; ++y) {
      for (int x = 0; x < logo.width; ++x) {
        const auto byte =
            logo.bits[static_cast<std::size_t>(y) * stride + static_cast<std::size_t>(x / 8)];
        if ((byte >> (7 - x % 8)) & 1) darken(left + x, y_ + y, 255);
      }
    }
    y_ += logo.height + symbol_gap;
  }

  const Profile& profile_;
  FT_Face normal_;
  FT_Face bold_;
  Picture picture_;
  int y_ = 0;
  std::optional<int> cut_at_;
};

}  // namespace

core::Result<Picture, PreviewError> preview(const Document& document, const Profile& profile,
                                            const SlipFonts& fonts) {
  const Library library = open_library();
  const Face normal = open_face(library, fonts.normal);
  const Face bold = open_face(library, fonts.bold);
  if (!normal || !bold) return tl::unexpected(PreviewError::font_missing);
  Painter painter(profile, normal.get(), bold.get());
  for (const Block& block : document.blocks) std::visit(painter, block);
  return painter.take();
}

}  // namespace drivers
