"""Comments that sell, promote or bait."""

from service.training.synthetic.spam import dealers, letters, praise, promotion, shops, stories

CHAPTERS = (shops.CHAPTER, praise.CHAPTER, letters.CHAPTER, stories.CHAPTER, promotion.CHAPTER, dealers.CHAPTER)
