// Letters of any script in the cells of a receipt printer's font A: 12 x 24 dots.
// For the picture of a slip, and for the lines that a printer has no letters for.
// The files of the fonts are opened when they are needed. Any thread, one at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "drivers/printer/document.h"
#include "drivers/printer/layout.h"
#include "drivers/printer/profiles.h"

namespace drivers {

inline constexpr int cell_height = 24;  // dots
inline constexpr int line_gap = 6;      // dots between two lines

// A monospaced font of Debian's fonts-dejavu-core, and others for what it lacks, in
// their order; one of these may be missing.
struct SlipFonts {
  std::string normal = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf";
  std::string bold = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf";
  std::vector<std::string> others = {"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
                                     "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
                                     "/usr/share/fonts/opentype/unifont/unifont.otf",
                                     "/usr/share/fonts/opentype/unifont/unifont_upper.otf"};
};

class SlipLetters {
 public:
  explicit SlipLetters(SlipFonts fonts = {});
  ~SlipLetters();
  SlipLetters(const SlipLetters&) = delete;
  SlipLetters& operator=(const SlipLetters&) = delete;

  // False: the monospaced font is not there, and nothing is ever drawn.
  bool is_ready() const;

  // `coverage`: 0 paper to 255 ink.
  using Dot = std::function<void(int x, int y, unsigned coverage)>;
  // One letter in the cell whose left bottom is there. Of double height it fills two
  // cells above `bottom`; all sizes of a line stand on the same base line.
  void draw(char32_t letter, const TextStyle& style, int left, int bottom, const Dot& dot);
  // A whole line whose first cell begins at `left`; underlines as well.
  void draw(const PrintedLine& line, int cell_width, int left, int top, const Dot& dot);

 private:
  struct Faces;
  std::unique_ptr<Faces> faces_;
};

int height_of(const PrintedLine& line);  // dots, without the gap

// The line as a picture of black and white dots, as wide as its letters and with the
// gap below it.
Logo picture_of(const PrintedLine& line, const Profile& profile, SlipLetters& letters);

}  // namespace drivers
