#include "pos/ui/fonts.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include "core/base/text.h"

namespace pos::ui {
namespace {

constexpr int atlas_width = 1024, first_atlas_height = 1024, largest_atlas_height = 8192;
// What Inter lacks, in this order: Arabic, Hebrew, Georgian and signs; the letters of
// East Asia; and a font that has a plain picture of nearly everything.
constexpr std::array<std::string_view, 4> other_fonts{
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/usr/share/fonts/opentype/unifont/unifont.otf",
    "/usr/share/fonts/opentype/unifont/unifont_upper.otf"};
constexpr const char* inter_package = "fonts-inter";
constexpr const char* icon_package = "fonts-material-design-icons-iconfont";

bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}
float from_16_16(FT_Fixed value) {
  return static_cast<float>(value) / 65536;
}

std::uint64_t key_of(Face face, int pixels, char32_t code_point, int quarter) {
  return static_cast<std::uint64_t>(code_point) << 24 | static_cast<std::uint64_t>(pixels) << 8 |
         static_cast<std::uint64_t>(quarter) << 4 | static_cast<std::uint64_t>(face);
}
constexpr std::uint64_t corner_key = std::uint64_t{1} << 63;

// How much of the pixel whose centre lies `distance` from the middle of a disc
// with this radius belongs to the disc.
float coverage(float radius, float distance) {
  return std::clamp(radius - distance + .5F, 0.F, 1.F);
}

// The same for a rounded rectangle of half size `half`, seen from its middle.
float rounded_coverage(float x, float y, float half, float radius) {
  const float dx = std::abs(x) - (half - radius), dy = std::abs(y) - (half - radius);
  const float outside = std::hypot(std::max(dx, 0.F), std::max(dy, 0.F));
  const float inside = std::min(std::max(dx, dy), 0.F);
  return std::clamp(radius - outside - inside + .5F, 0.F, 1.F);
}

}  // namespace

struct Fonts::Library {
  FT_Library library = nullptr;
  std::array<FT_Face, 4 + other_fonts.size()> faces{};
  std::array<int, 4 + other_fonts.size()> pixels{};
  std::array<bool, other_fonts.size()> is_tried{};
  std::unordered_map<char32_t, std::size_t> elsewhere;  // which face has what Inter lacks

  ~Library() {
    for (FT_Face face : faces)
      if (face != nullptr) FT_Done_Face(face);
    if (library != nullptr) FT_Done_FreeType(library);
  }

  FT_GlyphSlot load(Face which, int size, char32_t code_point) {
    const std::size_t at = face_with(which, code_point);
    FT_Face face = faces[at];
    if (pixels[at] != size) FT_Set_Pixel_Sizes(face, 0, static_cast<FT_UInt>(size));
    pixels[at] = size;
    const FT_UInt index = FT_Get_Char_Index(face, code_point);
    // Only upright hints: sharp horizontals, true widths.
    const FT_Int32 flags = FT_LOAD_NO_BITMAP | FT_LOAD_TARGET_LIGHT;
    return FT_Load_Glyph(face, index, flags) == 0 ? face->glyph : nullptr;
  }

 private:
  // The wanted face, or the first of the others where it lacks the letter; the
  // wanted one again, with its box, where nobody has it.
  std::size_t face_with(Face which, char32_t code_point) {
    const auto wanted = static_cast<std::size_t>(which);
    if (which == Face::icons || FT_Get_Char_Index(faces[wanted], code_point) != 0) return wanted;
    const auto known = elsewhere.find(code_point);
    if (known != elsewhere.end()) return known->second;
    std::size_t found = wanted;
    for (std::size_t i = 0; i < other_fonts.size() && found == wanted; ++i) {
      FT_Face face = other(i);
      if (face != nullptr && FT_Get_Char_Index(face, code_point) != 0) found = 4 + i;
    }
    return elsewhere.emplace(code_point, found).first->second;
  }

  FT_Face other(std::size_t i) {
    FT_Face& face = faces[4 + i];
    if (!std::exchange(is_tried[i], true) &&
        FT_New_Face(library, std::string(other_fonts[i]).c_str(), 0, &face) != 0)
      face = nullptr;
    return face;
  }
};

std::string to_text(const FontError& error) {
  return "cannot read the font " + error.file + ": install the package " + error.package;
}

Face face_of(Weight weight) {
  return static_cast<Face>(weight);
}

Fonts::Fonts() : library_(std::make_unique<Library>()) {
  start_atlas(first_atlas_height);
}
Fonts::~Fonts() = default;

core::Result<std::unique_ptr<Fonts>, FontError> Fonts::open() {
  return open("/usr/share/fonts/opentype/inter",
              "/usr/share/fonts/truetype/material-design-icons-iconfont/MaterialIcons-Regular.ttf");
}

core::Result<std::unique_ptr<Fonts>, FontError> Fonts::open(const std::string& inter_folder,
                                                            const std::string& icon_file) {
  std::unique_ptr<Fonts> fonts(new Fonts);
  Library& library = *fonts->library_;
  const std::string files[] = {inter_folder + "/Inter-Regular.otf",
                               inter_folder + "/Inter-Medium.otf",
                               inter_folder + "/Inter-SemiBold.otf", icon_file};
  if (FT_Init_FreeType(&library.library) != 0)
    return tl::unexpected(FontError{files[0], "libfreetype6"});
  for (std::size_t i = 0; i < 4; ++i)
    if (FT_New_Face(library.library, files[i].c_str(), 0, &library.faces[i]) != 0 ||
        !FT_IS_SCALABLE(library.faces[i]))
      return tl::unexpected(FontError{files[i], i < 3 ? inter_package : icon_package});
  const FT_Face regular = library.faces[0];
  const auto em = static_cast<float>(regular->units_per_EM);
  fonts->ascent_ = static_cast<float>(regular->ascender) / em;
  fonts->descent_ = -static_cast<float>(regular->descender) / em;
  return fonts;
}

void Fonts::start_atlas(int height) {
  atlas_ = std::make_unique<Texture>(Texture::Format::alpha8, atlas_width, height);
  glyphs_.clear();
  shadows_.clear();
  shelf_x_ = 4;
  shelf_y_ = 0;
  shelf_height_ = 4;
  is_full_ = false;
  for (int v = 0; v < 3; ++v) std::memset(texel(0, v), 255, 3);  // the white texel
}

void Fonts::begin_frame() {
  if (is_full_) start_atlas(std::min(atlas_->height * 2, largest_atlas_height));
}

std::uint8_t* Fonts::texel(int u, int v) {
  return atlas_->alpha.data() + static_cast<std::ptrdiff_t>(v) * atlas_->width + u;
}

// Shelves from left to right, one texel apart.
bool Fonts::reserve(int width, int height, Glyph& glyph) {
  if (shelf_x_ + width > atlas_->width) {
    shelf_y_ += shelf_height_ + 1;
    shelf_x_ = 0;
    shelf_height_ = 0;
  }
  if (width > atlas_->width || shelf_y_ + height > atlas_->height) {
    is_full_ = true;
    return false;
  }
  glyph.u = shelf_x_;
  glyph.v = shelf_y_;
  glyph.width = width;
  glyph.height = height;
  shelf_x_ += width + 1;
  shelf_height_ = std::max(shelf_height_, height);
  ++atlas_->revision;
  return true;
}

const Glyph& Fonts::glyph(Face face, int pixels, char32_t code_point, int quarter) {
  const std::uint64_t key = key_of(face, pixels, code_point, quarter);
  const auto found = glyphs_.find(key);
  if (found != glyphs_.end()) return found->second;
  return glyphs_.emplace(key, render(face, pixels, code_point, quarter)).first->second;
}

Glyph Fonts::render(Face face, int pixels, char32_t code_point, int quarter) {
  Glyph glyph;
  if (face != Face::icons && core::is_unseen(code_point)) return glyph;
  glyph.advance = advance(face, pixels, code_point);
  const FT_GlyphSlot slot = library_->load(face, pixels, code_point);
  if (slot == nullptr || slot->format != FT_GLYPH_FORMAT_OUTLINE) return glyph;
  FT_Pos shift = quarter * 16;
  if (face != Face::icons && is_digit(code_point))
    shift += static_cast<FT_Pos>((glyph.advance - from_16_16(slot->linearHoriAdvance)) * 32);
  FT_Outline_Translate(&slot->outline, shift, 0);
  if (FT_Render_Glyph(slot, FT_RENDER_MODE_NORMAL) != 0) return glyph;
  const FT_Bitmap& bitmap = slot->bitmap;
  const int width = static_cast<int>(bitmap.width), height = static_cast<int>(bitmap.rows);
  if (width == 0 || height == 0 || !reserve(width, height, glyph)) return glyph;
  for (int y = 0; y < height; ++y)
    std::memcpy(texel(glyph.u, glyph.v + y), bitmap.buffer + y * bitmap.pitch, bitmap.width);
  glyph.left = slot->bitmap_left;
  glyph.top = slot->bitmap_top;
  return glyph;
}

float Fonts::advance(Face face, int pixels, char32_t code_point) {
  const std::uint64_t key = key_of(face, pixels, code_point, 0);
  const auto found = advances_.find(key);
  if (found != advances_.end()) return found->second;
  float value = 0;
  if (face != Face::icons && is_digit(code_point)) {
    value = digit_advance(face, pixels);
  } else if (face != Face::icons && core::is_unseen(code_point)) {
    value = 0;
  } else if (const FT_GlyphSlot slot = library_->load(face, pixels, code_point)) {
    value = from_16_16(slot->linearHoriAdvance);
  }
  return advances_.emplace(key, value).first->second;
}

float Fonts::digit_advance(Face face, int pixels) {
  float widest = 0;
  for (char32_t digit = U'0'; digit <= U'9'; ++digit)
    if (const FT_GlyphSlot slot = library_->load(face, pixels, digit))
      widest = std::max(widest, from_16_16(slot->linearHoriAdvance));
  return widest;
}

int Fonts::opened_fonts() const {
  return static_cast<int>(std::count_if(library_->faces.begin() + 4, library_->faces.end(),
                                        [](FT_Face face) { return face != nullptr; }));
}

int Fonts::baseline(int pixels, int line_pixels) const {
  const auto size = static_cast<float>(pixels);
  const float above = (static_cast<float>(line_pixels) - (ascent_ + descent_) * size) / 2;
  return static_cast<int>(std::lround(above + ascent_ * size));
}

const Glyph& Fonts::corner(Corner corner) {
  const std::uint64_t key = corner_key | static_cast<std::uint64_t>(corner.radius) << 16 |
                            static_cast<std::uint64_t>(corner.ring);
  const auto found = glyphs_.find(key);
  if (found != glyphs_.end()) return found->second;
  Glyph glyph;
  const auto radius = static_cast<float>(corner.radius), ring = static_cast<float>(corner.ring);
  if (reserve(corner.radius, corner.radius, glyph)) {
    for (int y = 0; y < corner.radius; ++y)
      for (int x = 0; x < corner.radius; ++x) {
        const float distance =
            std::hypot(radius - static_cast<float>(x) - .5F, radius - static_cast<float>(y) - .5F);
        const float inner = corner.ring > 0 ? coverage(radius - ring, distance) : 0;
        *texel(glyph.u + x, glyph.v + y) =
            static_cast<std::uint8_t>((coverage(radius, distance) - inner) * 255 + .5F);
      }
  }
  return glyphs_.emplace(key, glyph).first->second;
}

const Fonts::Shadow& Fonts::shadow(bool overlay, float scale, int radius, float factor) {
  const auto key = static_cast<std::uint64_t>(overlay) | static_cast<std::uint64_t>(radius) << 1 |
                   static_cast<std::uint64_t>(factor * 16) << 16 |
                   static_cast<std::uint64_t>(scale * 64) << 32;
  const auto found = shadows_.find(key);
  if (found != shadows_.end()) return found->second;

  std::vector<ShadowLayer> layers(shadow_1.begin(), shadow_1.end());
  if (overlay) layers.assign(shadow_2.begin(), shadow_2.end());
  const float reach = static_cast<float>(layers.back().spread + layers.back().dy) * scale;
  Shadow shadow;
  shadow.margin = static_cast<int>(std::ceil(reach)) + 1;
  shadow.corner = 2 * shadow.margin + radius;  // past it the edge looks the same everywhere
  const int side = 2 * shadow.corner + 1;
  const float middle = static_cast<float>(side) / 2;
  const float half = middle - static_cast<float>(shadow.margin);
  if (reserve(side, side, shadow.mask)) {
    for (int y = 0; y < side; ++y)
      for (int x = 0; x < side; ++x) {
        float light = 1;
        for (const ShadowLayer& layer : layers) {
          const float spread = static_cast<float>(layer.spread) * scale;
          const float dy = std::round(static_cast<float>(layer.dy) * scale);
          light *= 1 - layer.alpha * factor *
                           rounded_coverage(static_cast<float>(x) + .5F - middle,
                                            static_cast<float>(y) + .5F - middle - dy,
                                            half + spread, static_cast<float>(radius) + spread);
        }
        *texel(shadow.mask.u + x, shadow.mask.v + y) =
            static_cast<std::uint8_t>((1 - light) * 255 + .5F);
      }
  }
  return shadows_.emplace(key, shadow).first->second;
}

}  // namespace pos::ui
