#include "drivers/printer/slip_letters.h"

#include <ft2build.h>
#include FT_FREETYPE_H

#include <algorithm>
#include <utility>

#include "core/base/text.h"

namespace drivers {

namespace {

constexpr int baseline = 19;
constexpr int font_pixels = 20;
constexpr unsigned darkest_paper = 110;  // of 255: thin strokes stay whole

}  // namespace

struct SlipLetters::Faces {
  struct Slot {
    std::string file;
    FT_Face face = nullptr;
    bool is_tried = false;
  };

  explicit Faces(SlipFonts fonts) {
    if (FT_Init_FreeType(&library) != 0) library = nullptr;
    slots.push_back({std::move(fonts.normal)});
    slots.push_back({std::move(fonts.bold)});
    for (std::string& file : fonts.others) slots.push_back({std::move(file)});
  }
  Faces(const Faces&) = delete;
  Faces& operator=(const Faces&) = delete;
  ~Faces() {
    for (const Slot& slot : slots) {
      if (slot.face) FT_Done_Face(slot.face);
    }
    if (library) FT_Done_FreeType(library);
  }

  FT_Face at(std::size_t i) {
    Slot& slot = slots[i];
    if (!library || std::exchange(slot.is_tried, true)) return slot.face;
    if (FT_New_Face(library, slot.file.c_str(), 0, &slot.face) != 0) slot.face = nullptr;
    return slot.face;
  }

  FT_Face with(char32_t letter, bool is_bold) {
    const std::size_t wanted = is_bold ? 1 : 0;
    if (at(wanted) && FT_Get_Char_Index(at(wanted), letter) != 0) return at(wanted);
    for (std::size_t i = 2; i < slots.size(); ++i) {
      if (at(i) && FT_Get_Char_Index(at(i), letter) != 0) return at(i);
    }
    return at(wanted);
  }

  FT_Library library = nullptr;
  std::vector<Slot> slots;
};

SlipLetters::SlipLetters(SlipFonts fonts) : faces_(std::make_unique<Faces>(std::move(fonts))) {}

SlipLetters::~SlipLetters() = default;

bool SlipLetters::is_ready() const {
  return faces_->at(0) && faces_->at(1);
}

void SlipLetters::draw(char32_t letter, const TextStyle& style, int left, int bottom,
                       const Dot& dot) {
  if (letter == U' ') return;
  const FT_Face face = faces_->with(letter, style.bold);
  if (!face) return;
  const int wide = style.double_width ? 2 : 1;
  const int high = style.double_height ? 2 : 1;
  FT_Set_Pixel_Sizes(face, static_cast<FT_UInt>(font_pixels * wide),
                     static_cast<FT_UInt>(font_pixels * high));
  if (FT_Load_Char(face, letter, FT_LOAD_RENDER) != 0) return;
  const FT_GlyphSlot slot = face->glyph;
  const FT_Bitmap& bitmap = slot->bitmap;
  const int top = bottom - (cell_height - baseline) * high - slot->bitmap_top;
  for (int y = 0; y < static_cast<int>(bitmap.rows); ++y) {
    for (int x = 0; x < static_cast<int>(bitmap.width); ++x) {
      dot(left + slot->bitmap_left + x, top + y, bitmap.buffer[y * bitmap.pitch + x]);
    }
  }
}

void SlipLetters::draw(const PrintedLine& line, int cell_width, int left, int top, const Dot& dot) {
  const int bottom = top + height_of(line);
  for (const Span& span : line.spans) {
    const int begin = left;
    for (const char32_t c : span.text) {
      draw(c, span.style, left, bottom, dot);
      left += cell_width * core::columns_of(c) * (span.style.double_width ? 2 : 1);
    }
    for (int x = begin; span.style.underline && x < left; ++x) dot(x, bottom - 2, 255);
  }
}

int height_of(const PrintedLine& line) {
  return is_tall(line) ? 2 * cell_height : cell_height;
}

Logo picture_of(const PrintedLine& line, const Profile& profile, SlipLetters& letters) {
  const int cell = profile.dots / profile.columns;
  Logo picture{std::min(columns_of(line) * cell, profile.dots), height_of(line) + line_gap, {}};
  const auto stride = static_cast<std::size_t>((picture.width + 7) / 8);
  picture.bits.resize(stride * static_cast<std::size_t>(picture.height));
  letters.draw(line, cell, 0, 0, [&](int x, int y, unsigned coverage) {
    const bool is_inside = x >= 0 && x < picture.width && y >= 0 && y < picture.height;
    if (!is_inside || coverage <= darkest_paper) return;
    const auto byte = static_cast<std::size_t>(y) * stride + static_cast<std::size_t>(x / 8);
    picture.bits[byte] |= static_cast<std::uint8_t>(0x80 >> (x % 8));
  });
  return picture;
}

}  // namespace drivers
